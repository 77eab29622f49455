// The callback function's job as one would write it for Node: check the token, one conditional write, one message.

import { createHmac, timingSafeEqual } from "node:crypto";
import { ConditionalCheckFailedException, DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const dynamodb = new DynamoDBClient({});
const sqs = new SQSClient({});

const table = process.env.RIFFHOOK_TABLE;
const queue = process.env.RIFFHOOK_DOWNLOAD_QUEUE;
const secrets = process.env.RIFFHOOK_CALLBACK_SECRETS.split(",");

function log(level, message, context, more = {}) {
  console.log(JSON.stringify({ timestamp: new Date(), level, message, requestId: context.requestId, ...more }));
}

function valid(provider, job, token) {
  const dot = token.indexOf(".");
  const given = Buffer.from(token.slice(dot + 1));
  let found = false;
  for (const secret of secrets) {
    const mac = createHmac("sha256", secret);
    mac.update(`riffhook-callback\n${provider}\n${job}\n${token.slice(0, dot)}`);
    const wanted = Buffer.from(mac.digest("base64url"));
    found = (wanted.length === given.length && timingSafeEqual(wanted, given)) || found;
  }
  return found;
}

export async function handler(event, context) {
  const { provider, jobId, token } = event.pathParameters;
  if (!valid(provider, jobId, token)) {
    log("WARN", "callback with an invalid token", context);
    return { statusCode: 404 };
  }
  const body = event.isBase64Encoded ? Buffer.from(event.body, "base64").toString() : event.body;
  const providerJob = JSON.parse(body).job_id;
  try {
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { PK: { S: `JOB#${jobId}` }, SK: { S: "JOB" } },
        UpdateExpression: "SET #updated = :now, #status = :generating ADD #woken :one",
        ConditionExpression: "#status IN (:submitted, :generating) AND NOT contains(#woken, :job)",
        ExpressionAttributeNames: { "#updated": "updatedAt", "#status": "status", "#woken": "wokenByPeer" },
        ExpressionAttributeValues: {
          ":now": { N: String(Date.now()) },
          ":generating": { S: "GENERATING" },
          ":submitted": { S: "SUBMITTED" },
          ":one": { SS: [providerJob] },
          ":job": { S: providerJob },
        },
        ReturnValues: "ALL_NEW",
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      throw error;
    }
    log("INFO", "callback changes nothing", context, { jobId });
    return { statusCode: 204 };
  }
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queue,
      MessageBody: JSON.stringify({ type: "collect", jobId, providerJob, attempt: 1 }),
    }),
  );
  log("INFO", `final callback of provider job ${providerJob}`, context, { jobId });
  return { statusCode: 204 };
}
