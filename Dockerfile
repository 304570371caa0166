# Built with: docker build -t paperboard .
# One image for every command: the server, and node backup.js, restore.js and checkData.js beside it.
FROM node:24-bookworm-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json ./
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY packages/shared/package.json packages/shared/
COPY tests/package.json tests/

FROM manifests AS build
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY packages packages
COPY apps apps
RUN cd apps/web && npx vite build --logLevel warn
RUN cd apps/server && npx vite build --logLevel warn

# What the bundle leaves outside: native packages, and pino.
FROM manifests AS packages
RUN npm ci --omit=dev --workspace=@paperboard/server --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data LAN=off
WORKDIR /app/apps/server/dist
COPY --from=packages /app/node_modules /app/node_modules
COPY --from=build /app/apps/server/package.json /app/apps/server/package.json
COPY --from=build /app/apps/server/dist /app/apps/server/dist
COPY --from=build /app/apps/web/dist /app/apps/web/dist
RUN mkdir /data /backups && chown node:node /data /backups
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Ends in order on SIGTERM, within 10 s.
CMD ["node", "--expose-gc", "--max-semi-space-size=8", "main.js"]
