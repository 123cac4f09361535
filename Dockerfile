# syntax=docker/dockerfile:1
# The service as an image: what it runs on, its packages without the tools, and its source. There is no build.

FROM node:24-alpine AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-alpine
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY cards ./cards
COPY dialogs ./dialogs
COPY src ./src
# Nothing is written: run it with a read-only root file system, as compose.yaml and deploy/ do.
USER node
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-old-space-size=256", "--max-semi-space-size=16", "--no-allocation-site-pretenuring", "--no-flush-bytecode", "--no-memory-reducer", "--v8-pool-size=1", "src/main.ts"]
