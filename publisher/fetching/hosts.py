"""The names of hosts, however they are written."""


def comparable_host(host: str) -> str:
    """A host as it is compared: in ASCII, lower case, without the brackets of an address or a final dot."""
    bare = host.strip("[]").rstrip(".").lower()
    try:
        return bare if bare.isascii() else bare.encode("idna").decode("ascii")
    except UnicodeError:  # No such host can be asked for.
        return bare
