"""A Lambda runtime in a few lines: takes events from the Runtime API, as AWS's own does."""

import http.client
import importlib
import json
import os
import sys


def main():
    host = os.environ["AWS_LAMBDA_RUNTIME_API"]
    module, _, name = os.environ["_HANDLER"].partition(".")
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    handler = getattr(importlib.import_module(module), name)
    api = http.client.HTTPConnection(host)
    while True:
        api.request("GET", "/2018-06-01/runtime/invocation/next")
        response = api.getresponse()
        event = json.loads(response.read())
        request_id = response.getheader("Lambda-Runtime-Aws-Request-Id")
        answer = json.dumps(handler(event, {"request_id": request_id})).encode()
        api.request("POST", f"/2018-06-01/runtime/invocation/{request_id}/response", answer)
        api.getresponse().read()


if __name__ == "__main__":
    main()
