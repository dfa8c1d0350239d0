# The product image: Node 24, no build tools, non-root, made to run with a read-only root file system.
#   docker build -t dedicated-kms .
#   docker run -d --name kms --read-only --tmpfs /tmp -v kms-data:/data -p 8443:8443 -p 8444:8444 dedicated-kms
# docs/docker.md has what follows.
FROM node:24-bookworm AS build
WORKDIR /app
ENV npm_config_nodedir=/usr/local
COPY package.json package-lock.json ./
# pkcs11js is compiled here; the build itself follows when the sources are there.
RUN npm ci --ignore-scripts && npm rebuild pkcs11js
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production \
    PATH=/app/bin:$PATH \
    KMS_DATA_DIR=/data \
    KMS_DATA_PLANE_HOST=0.0.0.0 \
    KMS_CONTROL_PLANE_HOST=0.0.0.0
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/bin ./bin
COPY --from=build --chown=root:root /app/dist ./dist
RUN install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 8443 8444
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["node", "dist/appliance/ops/healthcheck.js"]
ENTRYPOINT ["node", "dist/appliance/main.js"]
