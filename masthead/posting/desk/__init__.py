"""The screens of networks in the desk."""
