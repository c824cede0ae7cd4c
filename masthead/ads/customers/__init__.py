"""What advertisers do themselves, by a signed link: book, upload, pay, see what it brought."""
