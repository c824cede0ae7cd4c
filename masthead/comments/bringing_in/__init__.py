"""Comments from WordPress, Disqus and Coral exports, and all of ours out."""
