// A Lambda runtime in a few lines: takes events from the Runtime API, as AWS's own does.

import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const [file, name] = process.env._HANDLER.split(".");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function call(method, route, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, agent, method, path: `/2018-06-01/runtime/invocation/${route}` }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

const module = await import(pathToFileURL(path.join(process.env.LAMBDA_TASK_ROOT, `${file}.mjs`)));
for (;;) {
  const next = await call("GET", "next");
  const requestId = next.headers["lambda-runtime-aws-request-id"];
  const answer = await module[name](JSON.parse(next.body), { requestId });
  await call("POST", `${requestId}/response`, JSON.stringify(answer));
}
