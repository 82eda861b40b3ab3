// Runs every audit of the npm package `graphql-http` against the address given and prints one JSON line each.
import { serverAudits } from "graphql-http";

for (const audit of serverAudits({ url: process.argv[2], fetchFn: fetch })) {
  const outcome = await audit.fn();
  console.log(JSON.stringify({ id: audit.id, name: audit.name, status: outcome.status, reason: outcome.reason }));
}
