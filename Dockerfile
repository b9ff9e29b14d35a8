# The gateway as an image. Its sources run without a build, so the image is Node, the production packages and the sources; only the
# live-rooms page is built, in a stage of its own.
# `npm run check:image` runs these steps without a container engine.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# TypeScript, which valibot can use but need not, counts as optional: 30 MB.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE} AS page
WORKDIR /app
COPY package.json package-lock.json tsconfig.json ./
COPY packages ./packages
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY examples/dashboard ./examples/dashboard
RUN node examples/dashboard/prepare.js

FROM ${NODE_IMAGE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=page /app/examples/dashboard/dist ./examples/dashboard/dist
COPY package.json LICENSE ./
COPY src ./src
COPY schema ./schema
COPY resolvers ./resolvers
# For `hms-gateway watch`, which keeps its list as clients do.
COPY packages ./packages
RUN mkdir node_modules/.cache && chown 1000:1000 node_modules/.cache
# The image's user `node`, as a number, so that Kubernetes can see that it is not root.
USER 1000:1000
# One start over the sandbox writes the compile cache: for this user, and when SIGTERM ends it.
RUN SANDBOX=on GATEWAY_AUTH=off timeout --preserve-status 10 node --max-semi-space-size=16 --import=./src/compile-cache.js src/main.ts start
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node is the first process, so it gets the signals.
CMD ["node", "--max-semi-space-size=16", "--import=./src/compile-cache.js", "src/main.ts", "start"]
