"""Tricks for making a server call what it should not, by what they rely on."""

NUMBERS = """
http://127.0.0.1/ http://127.1/ http://127.0.1/ http://2130706433/ http://017700000001/
http://0x7f000001/ http://0x7f.0x0.0x0.0x1/ http://0177.0.0.1/ http://0177.0.0.01/
http://127.0.0.1./ http://0/ http://0.0.0.0/ http://127.0.0.0x1/ http://127.0.0.01/
http://00000177.0.0.1/ http://0x7f.1/ http://127.255.255.254/ http://4294967296/
http://3232235521/ http://0xc0a80001/ http://2852039166/ http://0xa9fea9fe/ http://1e3/0
http://425.510.425.510/ http://127.0.0.1.1/ http://256.256.256.256/ http://0x/
""".replace("http://1e3/0", "").split()

PRIVATE = ["http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.0.1/", "http://192.168.1.254/", "http://169.254.169.254/latest/meta-data/", "http://169.254.170.2/", "http://100.64.0.1/", "http://100.127.255.255/", "http://100.100.100.200/", "http://192.0.0.192/", "http://192.0.2.1/", "http://198.18.0.1/", "http://198.19.255.255/", "http://198.51.100.7/", "http://203.0.113.9/", "http://224.0.0.1/", "http://239.255.255.250/", "http://240.0.0.1/", "http://255.255.255.255/", "http://192.88.99.1/", "http://168.63.129.16/", "https://10.1.2.3/", "https://127.0.0.1/"]

SIX = ["http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[0000::0001]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::ffff:10.0.0.1]/", "http://[::ffff:169.254.169.254]/", "http://[::ffff:0:127.0.0.1]/", "http://[::127.0.0.1]/", "http://[::7f00:1]/", "http://[::10.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::a9fe:a9fe]/", "http://[64:ff9b:1::a00:1]/", "http://[2002:7f00:1::]/", "http://[2002:a00:1::1]/", "http://[2002:a9fe:a9fe::]/", "http://[2001:0:7f00:1::]/", "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "http://[2001:10::1]/", "http://[2001:20::1]/", "http://[2001:db8::1]/", "http://[3fff::1]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://[fec0::1]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[ff02::1]/", "http://[ff0e::1]/", "http://[100::1]/", "http://[5f00::1]/", "http://[4000::1]/", "http://[::ffff:8.8.8.8]/", "http://[64:ff9b::808:808]/", "http://[v1.x]/", "http://[::1/", "http://[]/", "http://[127.0.0.1]/", "http://::1/"]

WRITING = [
    "http://user@127.0.0.1/", "http://user:pass@news.example/", "http://news.example@127.0.0.1/",
    "http://127.0.0.1@news.example/", "http://news.example%40127.0.0.1/",
    "http://news.example\\@127.0.0.1/", "http://127.0.0.1\\.news.example/",
    "http://news.example\t/", "http://news.example\r\nHost: localhost/", "http://news .example/",
    "http://\x00news.example/", " http://news.example/", "http://news.example/ ",
    "http://127。0。0。1/", "http://127．0．0．1/", "http://①②⑦.⓪.⓪.①/",
    "http://１２７.0.0.1/", "http://127.0.0.1%00.news.example/",
    "http://news..example/", "http://.news.example/", "http://-news.example/",
    "http://news_/\u3000", "http://news\u3000.example/", "http://" + "a" * 64 + ".example/",
    "http://" + "a." * 130 + "example/", "http://news.example/" + "a" * 2_000,
    "http:///127.0.0.1/", "http:/127.0.0.1/", "http:127.0.0.1", "//127.0.0.1/", "127.0.0.1",
    "", "http://", "http://?", "http://#@news.example/", "http://%31%32%37.0.0.1/",
    "http://news.example:abc/", "http://news.example:99999/", "http://news.example:-1/",
]

SCHEMES = [
    "file:///etc/passwd", "ftp://news.example/", "gopher://127.0.0.1:11211/_stats",
    "dict://127.0.0.1:11211/", "data:text/plain,hello", "javascript:alert(1)",
    "jar:http://127.0.0.1!/", "ldap://127.0.0.1/", "ws://news.example/", "unix:/run/sock",
    "about:blank", "htTps+unix://x/",
]

PORTS = [
    f"http://news.example:{port}/"
    for port in (21, 22, 23, 25, 53, 110, 111, 2375, 3306, 5432, 5984, 6379, 8000, 8080, 9200, 11211)
]

ALL = [*NUMBERS, *PRIVATE, *SIX, *WRITING, *SCHEMES, *PORTS]
