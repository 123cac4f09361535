# syntax=docker/dockerfile:1
# The service as an image: bundled (scripts/bundle.mjs), and for the operators' tools (docs/deploy.md) its source and packages.

FROM node:24-alpine AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY src ./src
COPY scripts ./scripts
RUN npm run bundle && npm prune --omit=dev

FROM node:24-alpine
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=packages /app/dist ./dist
COPY package.json LICENSE ./
COPY cards ./cards
COPY dialogs ./dialogs
COPY src ./src
# Nothing is written: run it with a read-only root file system, as compose.yaml and deploy/ do.
USER node
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-old-space-size=256", "--initial-old-space-size=40", "--max-semi-space-size=8", "--no-allocation-site-pretenuring", "--no-flush-bytecode", "--no-memory-reducer", "--v8-pool-size=1", "--disable-warning=DEP0040", "--disable-warning=DEP0169", "dist/main.mjs"]
