"""Tricks for making a server call what it should not, by what they rely on."""


def _hosts(hosts: str) -> list[str]:
    return [f"http://{host}/" for host in hosts.split()]


NUMBERS = _hosts("""
127.0.0.1 127.1 127.0.1 2130706433 017700000001 0x7f000001 0x7f.0x0.0x0.0x1 0177.0.0.1
0177.0.0.01 127.0.0.1. 0 0.0.0.0 127.0.0.0x1 127.0.0.01 00000177.0.0.1 0x7f.1 127.255.255.254
4294967296 3232235521 0xc0a80001 2852039166 0xa9fea9fe 425.510.425.510 127.0.0.1.1
256.256.256.256 0x 10.1 192.168.257
""")

PRIVATE = _hosts("""
10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.1.254 169.254.169.254
169.254.170.2 100.64.0.1 100.127.255.255 100.100.100.200 192.0.0.192 192.0.2.1 198.18.0.1
198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
192.88.99.1 168.63.129.16 0.1.2.3
""")

SIX = _hosts("""
[::1] [::] [0:0:0:0:0:0:0:1] [0000::0001] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1]
[::ffff:169.254.169.254] [::ffff:0:127.0.0.1] [::127.0.0.1] [::7f00:1] [::10.0.0.1]
[64:ff9b::7f00:1] [64:ff9b::127.0.0.1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::a00:1] [2002:7f00:1::]
[2002:a00:1::1] [2002:a9fe:a9fe::] [2001:0:7f00:1::] [2001:0:4136:e378:8000:63bf:3fff:fdd2]
[2001:10::1] [2001:20::1] [2001:db8::1] [3fff::1] [fe80::1] [fe80::1%25eth0] [fe80::1%eth0]
[fec0::1] [fc00::1] [fd00:ec2::254] [ff02::1] [ff0e::1] [100::1] [5f00::1] [4000::1]
[::ffff:8.8.8.8] [64:ff9b::808:808] [v1.x] [::1 [] [127.0.0.1] ::1 ::ffff:127.0.0.1
""")

WRITING = [
    "http://user@127.0.0.1/",
    "http://user:pass@news.example/",
    "http://news.example@127.0.0.1/",
    "http://127.0.0.1@news.example/",
    "http://news.example%40127.0.0.1/",
    "http://news.example\\@127.0.0.1/",
    "http://127.0.0.1\\.news.example/",
    "http://news.example\t/",
    "http://news.example\r\nHost: localhost/",
    "http://news .example/",
    "http://\x00news.example/",
    " http://news.example/",
    "http://news.example/ ",
    "http://127。0。0。1/",
    "http://127．0．0．1/",
    "http://127｡0｡0｡1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://１２７.0.0.1/",
    "http://127.0.0.1%00.news.example/",
    "http://loca\u00adlhost/",
    "http://news..example/",
    "http://.news.example/",
    "http://-news.example/",
    "http://news\u3000.example/",
    "http://news.example／@127.0.0.1/",
    "http://" + "a" * 64 + ".example/",
    "http://" + "a." * 130 + "example/",
    "http://news.example/" + "a" * 2_000,
    "http:///127.0.0.1/",
    "http:/127.0.0.1/",
    "http:127.0.0.1",
    "//127.0.0.1/",
    "127.0.0.1",
    "",
    "http://",
    "http://?",
    "http://#@news.example/",
    "http://%31%32%37.0.0.1/",
    "http://news.example:abc/",
    "http://news.example:99999/",
    "http://news.example:-1/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://127.0.0.1:80/",
    "https://127.0.0.1:443/",
]

SCHEMES = [
    "file:///etc/passwd",
    "ftp://news.example/",
    "gopher://127.0.0.1:11211/_stats",
    "dict://127.0.0.1:11211/",
    "data:text/plain,hello",
    "javascript:alert(1)",
    "jar:http://127.0.0.1!/",
    "ldap://127.0.0.1/",
    "ws://news.example/",
    "unix:/run/sock",
    "about:blank",
    "htTps+unix://x/",
]

USUALLY_OPEN = (21, 22, 23, 25, 53, 110, 111, 2375, 3306, 5432, 5984, 6379, 8000, 8080, 9200, 11211)
PORTS = [f"http://news.example:{port}/" for port in USUALLY_OPEN]

ALL = [*NUMBERS, *PRIVATE, *SIX, *WRITING, *SCHEMES, *PORTS]
