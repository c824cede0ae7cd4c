"""How editions build themselves: steps as data, put together at their hour."""

from masthead.newsletters.recipes.building import NothingNew, build_blocks
from masthead.newsletters.recipes.steps import STEPS, BadRecipe, clean_recipe, usual_recipe

__all__ = [
    "STEPS",
    "BadRecipe",
    "NothingNew",
    "build_blocks",
    "clean_recipe",
    "usual_recipe",
]
