"""Brings files from a URL into S3 with boto3, some times over, and tells of each time.

usage: boto3_stream.py URL ENDPOINT AT_ONCE TIMES [sha256]
"""

import concurrent.futures
import hashlib
import resource
import ssl
import sys
import time
import urllib.request

import boto3
from botocore.config import Config


class Hashed:
    """A response that is hashed while it is read, as Riffhook does it."""

    def __init__(self, response):
        self.response = response
        self.digest = hashlib.sha256()

    def read(self, size=-1):
        data = self.response.read(size)
        self.digest.update(data)
        return data


def main():
    url, endpoint, at_once, times = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    hashes = "sha256" in sys.argv[5:]
    tls = ssl.create_default_context()  # trusts SSL_CERT_FILE
    s3 = boto3.client("s3", endpoint_url=endpoint, config=Config(s3={"addressing_style": "path"}))

    def bring(number):
        with urllib.request.urlopen(url, context=tls) as response:
            s3.upload_fileobj(Hashed(response) if hashes else response, "bucket", f"song-{number}.wav")

    for _ in range(times):
        start = time.monotonic()
        if at_once == 1:
            bring(1)
        else:
            with concurrent.futures.ThreadPoolExecutor(at_once) as threads:
                list(threads.map(bring, range(at_once)))
        usage = resource.getrusage(resource.RUSAGE_SELF)
        print(
            f"done {time.monotonic() - start:.6f} {usage.ru_utime + usage.ru_stime:.2f} {usage.ru_maxrss}",
            flush=True,
        )


main()
