"""Readers' own pages, below `readers/` of each outlet. None of them is shelved."""

from django.urls import path

from masthead.readers.pages import account, choosing, confirming, passkeys, signing_in

urlpatterns = [
    path("confirm/<str:secret>/", confirming.confirm, name="reader-confirm"),
    path("preferences/<str:token>/", choosing.preferences, name="reader-preferences"),
    path("preferences/<str:token>/address/", choosing.move, name="reader-move"),
    path("sign-in/", signing_in.sign_in, name="reader-sign-in"),
    path("sign-in/code/", signing_in.code, name="reader-code"),
    path("sign-in/passkey/", passkeys.sign_in, name="reader-passkey"),
    path("sign-in/passkey/options/", passkeys.options, name="reader-passkey-options"),
    path("sign-out/", signing_in.leave, name="reader-sign-out"),
    path("enter/", signing_in.enter_here, name="reader-enter"),
    path("account/", account.account, name="reader-account"),
    path("asked/", account.asked, name="reader-asked"),
    path("account/preferences/", choosing.save_preferences, name="reader-save"),
    path("account/address/", account.change_address, name="reader-address"),
    path("account/sessions/end/", account.end_other_sessions, name="reader-end-sessions"),
    path("account/passkeys/options/", passkeys.add_options, name="reader-add-options"),
    path("account/passkeys/", passkeys.add, name="reader-add-passkey"),
    path("account/passkeys/<int:number>/remove/", passkeys.remove, name="reader-remove-passkey"),
    path("account/export/", account.export, name="reader-export"),
    path("account/erase/", account.erase, name="reader-erase"),
]
