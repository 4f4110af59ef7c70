// An application in another language: it believes the proxy, and is reachable through the proxy alone.
const http = require("node:http");

const server = http.createServer((request, response) => {
  const user = decodeURIComponent(request.headers["remote-user"] ?? "nobody");
  if (request.url === "/app/events") {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(`data: hello, ${user}\n\n`);
    return;
  }

  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ user, email: request.headers["x-auth-email"], cookie: request.headers.cookie ?? "" }));
});

server.listen(Number(process.argv[2] ?? 3000), "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
