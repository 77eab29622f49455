// Verifies one webhook with the reference library. Reads {secret, headers, body} from standard input; answers with the
// verified document, or with 1 and the reason.
const { Webhook } = require("standardwebhooks");

const chunks = [];
process.stdin.on("data", (chunk) => chunks.push(chunk));
process.stdin.on("end", () => {
  const { secret, headers, body } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  try {
    process.stdout.write(JSON.stringify(new Webhook(secret).verify(body, headers)));
  } catch (e) {
    process.stderr.write(String(e.message));
    process.exitCode = 1;
  }
});
