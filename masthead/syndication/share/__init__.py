"""Share pictures: what a link to an article or an outlet looks like on the networks."""
