"""The publisher's screens, below desk/memberships/."""

from django.urls import path

from masthead.memberships.desk import codes, figures, groups, letters, members, plans, prompts

app_name = "memberships"
urlpatterns = [
    path("", members.index, name="members"),
    path("export/", members.export, name="export"),
    path("compare/", members.compare, name="compare"),
    path("member/<uuid:public_id>/", members.member, name="member"),
    path("member/<uuid:public_id>/give/", members.give, name="give"),
    path("member/<uuid:public_id>/end-given/", members.end_given, name="end-given"),
    path("membership/<uuid:public_id>/cancel/", members.cancel, name="cancel"),
    path("invoice/<int:invoice_id>/back/", members.give_invoice_back, name="give-back"),
    path("purchase/<uuid:public_id>/back/", members.give_purchase_back, name="purchase-back"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<slug:what>.csv", figures.as_csv, name="figures-csv"),
    path("plans/", plans.index, name="plans"),
    path("plans/new/", plans.make, name="make-plan"),
    path("plans/<uuid:public_id>/", plans.plan, name="plan"),
    path("plans/<uuid:public_id>/price/", plans.add_price, name="add-price"),
    path("plans/<uuid:public_id>/offer/", plans.offer, name="offer-plan"),
    path("plans/<uuid:public_id>/take-off/", plans.take_off, name="take-plan-off"),
    path("prices/<uuid:public_id>/drop/", plans.drop_price, name="drop-price"),
    path("codes/", codes.index, name="codes"),
    path("codes/<slug:ref>/end/", codes.end, name="end-code"),
    path("groups/", groups.index, name="groups"),
    path("groups/<uuid:public_id>/", groups.group, name="group"),
    path("groups/<uuid:public_id>/free/<int:seat_id>/", groups.free, name="free-seat"),
    path("groups/<uuid:public_id>/end/", groups.end, name="end-group"),
    path("letters/", letters.index, name="letters"),
    path("letters/<slug:outlet>/", letters.outlet, name="letters-of"),
    path("letters/<slug:outlet>/<slug:kind>/", letters.letter, name="letter"),
    path("letters/<slug:outlet>/<slug:kind>/preview/", letters.preview, name="letter-preview"),
    path("letters/<slug:outlet>/<slug:kind>/default/", letters.default, name="letter-default"),
    path("prompts/", prompts.index, name="prompts"),
    path("prompts/new/", prompts.make, name="make-prompt"),
    path("prompts/<uuid:public_id>/", prompts.prompt, name="prompt"),
    path("prompts/<uuid:public_id>/drop/", prompts.drop, name="drop-prompt"),
]
