"""Run in a process of its own, under a production environment: a new site, a sign-in, and what every page of it answers, as JSON."""

import io
import json
import re
import sys
from urllib.parse import urlencode, urlsplit

import django

HOST, STRANGER = "support.example.ir", "https://evil.example"


class Visitor:
    """Speaks WSGI to the program as the proxy with TLS would, and keeps cookies."""

    def __init__(self, application) -> None:
        self.application, self.jar, self.lines = application, {}, []

    def ask(self, address: str, form: dict | None = None, scheme: str = "https", **headers: str) -> dict:
        body = urlencode(form or {}).encode()
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET" if form is None else "POST", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8001", "HTTP_HOST": HOST, "REMOTE_ADDR": "127.0.0.1",
            "HTTP_X_FORWARDED_FOR": "203.0.113.7", "wsgi.url_scheme": scheme, "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
            "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.jar.items()), "HTTP_ORIGIN": f"{scheme}://{HOST}",
        }  # fmt: skip
        told = {}
        parts = self.application(environ | headers, lambda status, sent, exc_info=None: told.update(status=int(status[:3]), sent=sent))
        html = b"".join(parts).decode(errors="replace")
        getattr(parts, "close", lambda: None)()
        for name, value in told["sent"]:
            if name.lower() == "set-cookie":
                self.lines.append(value.strip())
                key, _, rest = value.strip().partition("=")
                self.jar[key] = rest.partition(";")[0]
        return {"status": told["status"], "headers": {name.lower(): value for name, value in told["sent"]}, "html": html}

    def page(self, address: str) -> dict:
        """Where a browser ends that opens this address; the whole way is kept."""
        way = [f"https://{HOST}{address}"]
        answer = self.ask(address)
        while answer["status"] in (301, 302):
            way.append(answer["headers"]["location"])
            parts = urlsplit(way[-1])
            answer = self.ask(parts.path + (f"?{parts.query}" if parts.query else ""))
        return answer | {"way": way, "cookies": list(self.lines), "to_a_stranger": self.ask(address, HTTP_ORIGIN=STRANGER)["headers"]}


def scan() -> dict:
    django.setup()
    from django.core.management import call_command

    from autonax_support.wsgi import application
    from tests.cast import PASSWORD, a_clerk, an_expert, an_office

    call_command("migrate", verbosity=0)
    sara = a_clerk("sara", "سارا محمدی", an_office("72990102001", "دفتر شهر نمونه ۱"))
    an_expert("omid", "امید رستمی")
    found = {"moved": Visitor(application).ask("/inbox/", scheme="http")}
    for name, address in (("sign-in", "/accounts/login/"), ("admin sign-in", "/admin/login/")):
        found[name] = Visitor(application).page(address)
    for name, person, address in (("inbox", sara.username, "/inbox/"), ("desk", "omid", "/admin/")):
        visitor = Visitor(application)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', visitor.ask("/accounts/login/")["html"])[1]
        form = {"username": person, "password": PASSWORD, "csrfmiddlewaretoken": token}
        assert visitor.ask("/accounts/login/", form)["status"] == 302
        page = visitor.page(address)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page["html"])[1]
        visitor.ask("/accounts/theme/", {"theme": "dark", "csrfmiddlewaretoken": token})
        found[name] = page | {"cookies": list(visitor.lines), "themed": 'data-theme="dark"' in visitor.page("/accounts/me/")["html"]}
    return found


if __name__ == "__main__":
    json.dump(scan(), sys.stdout)
