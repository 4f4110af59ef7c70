// express-session with connect-redis, as their documentation sets them up.
import express from "express";
import session from "express-session";
import { RedisStore } from "connect-redis";
import { createClient } from "redis";

const [port, redis] = process.argv.slice(2);
const client = createClient({ url: `redis://${redis}` });
await client.connect();

let requests = 0;
const app = express();
app.get("/health", (_, response) => response.sendStatus(200));
app.get("/stats", (_, response) => {
  globalThis.gc?.();
  response.json({ requests, heapBytes: process.memoryUsage().heapUsed });
});

app.use(session({
  store: new RedisStore({ client }),
  secret: "side-by-side",
  resave: false,
  saveUninitialized: false,
}));

app.get("/me", (request, response) => {
  requests++;
  if (request.session.user) response.type("text/plain").send(request.session.user);
  else response.sendStatus(401);
});

app.post("/sign-in", (request, response, next) => {
  request.session.regenerate((failure) => {
    if (failure) return next(failure);
    request.session.user = request.query.user;
    request.session.save((failure) => (failure ? next(failure) : response.sendStatus(200)));
  });
});

app.post("/sign-out", (request, response, next) => {
  request.session.destroy((failure) => (failure ? next(failure) : response.sendStatus(200)));
});

app.listen(Number(port), "127.0.0.1");
