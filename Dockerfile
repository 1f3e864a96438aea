# Muster in a container: docs/operations/docker.md.

FROM node:24-slim AS build
WORKDIR /app
COPY . .
# No package that the server needs has to run a script to be installed.
RUN npm ci --omit=dev --ignore-scripts --workspace=@muster/server

FROM node:24-slim
COPY --from=build /app /app
RUN install -d -o 1000 -g 1000 /data
# `muster dev` keeps its things in the folder `data` below the working directory, which is then the volume.
WORKDIR /
# The image's user `node`, as a number: Kubernetes tells by it that this is not root.
USER 1000:1000
VOLUME /data
EXPOSE 8080
# The app's number and its secret key are no part of an image: they are given to the container.
ENV PATH=/app/node_modules/.bin:$PATH MUSTER_HOST=0.0.0.0 MUSTER_PORT=8080 MUSTER_STORAGE=sqlite:/data/muster.db
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.MUSTER_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1))"]
ENTRYPOINT ["muster"]
CMD ["serve"]
