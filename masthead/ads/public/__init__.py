"""What readers' devices fetch below `-/ads/` of an outlet."""
