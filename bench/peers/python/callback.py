"""The callback function's job as one would write it in Python: check the token, one conditional write, one message."""

import base64
import hashlib
import hmac
import json
import os
import time

import boto3
from botocore.exceptions import ClientError

dynamodb = boto3.client("dynamodb")
sqs = boto3.client("sqs")

TABLE = os.environ["RIFFHOOK_TABLE"]
QUEUE = os.environ["RIFFHOOK_DOWNLOAD_QUEUE"]
SECRETS = os.environ["RIFFHOOK_CALLBACK_SECRETS"].split(",")


def log(level, message, context, **more):
    line = {"timestamp": time.time(), "level": level, "message": message, "requestId": context["request_id"], **more}
    print(json.dumps(line), flush=True)


def valid(provider, job, token):
    attempt, _, given = token.partition(".")
    message = f"riffhook-callback\n{provider}\n{job}\n{attempt}".encode()
    found = False
    for secret in SECRETS:
        mac = hmac.new(secret.encode(), message, hashlib.sha256).digest()
        wanted = base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
        found |= hmac.compare_digest(wanted, given)
    return found


def handler(event, context):
    path = event["pathParameters"]
    provider, job = path["provider"], path["jobId"]
    if not valid(provider, job, path["token"]):
        log("WARN", "callback with an invalid token", context)
        return {"statusCode": 404}
    body = event["body"]
    if event.get("isBase64Encoded"):
        body = base64.b64decode(body)
    callback = json.loads(body)
    provider_job = callback["job_id"]
    try:
        dynamodb.update_item(
            TableName=TABLE,
            Key={"PK": {"S": "JOB#" + job}, "SK": {"S": "JOB"}},
            UpdateExpression="SET #updated = :now, #status = :generating ADD #woken :one",
            ConditionExpression="#status IN (:submitted, :generating) AND NOT contains(#woken, :job)",
            ExpressionAttributeNames={"#updated": "updatedAt", "#status": "status", "#woken": "wokenByPeer"},
            ExpressionAttributeValues={
                ":now": {"N": str(int(time.time() * 1000))},
                ":generating": {"S": "GENERATING"},
                ":submitted": {"S": "SUBMITTED"},
                ":one": {"SS": [provider_job]},
                ":job": {"S": provider_job},
            },
            ReturnValues="ALL_NEW",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        log("INFO", "callback changes nothing", context, jobId=job)
        return {"statusCode": 204}
    sqs.send_message(
        QueueUrl=QUEUE,
        MessageBody=json.dumps({"type": "collect", "jobId": job, "providerJob": provider_job, "attempt": 1}),
    )
    log("INFO", "final callback of provider job " + provider_job, context, jobId=job)
    return {"statusCode": 204}
