from django.http import HttpRequest


def csp_nonce(request: HttpRequest) -> dict[str, object]:
    """Under the name that `{% htmx_script %}` looks for; django-csp's own processor calls it CSP_NONCE."""
    return {"csp_nonce": getattr(request, "csp_nonce", None)}
