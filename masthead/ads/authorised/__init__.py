"""ads.txt, app-ads.txt and sellers.json: who may sell the advertising of a root domain."""
