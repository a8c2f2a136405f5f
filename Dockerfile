# An image that runs sagepipec in /work: docker run --rm -v "$PWD:/work" -u "$(id -u):$(id -g)" sagepipec x.pipe
FROM debian:bookworm-slim AS build
COPY . /source
RUN /source/tools/package

FROM debian:bookworm-slim
# Installing the Debian package also installs its run-time dependencies.
COPY --from=build /source/build/sagepipec_*.deb /tmp/
RUN apt-get update && \
	apt-get install -y --no-install-recommends ca-certificates /tmp/sagepipec_*.deb && \
	rm -rf /tmp/sagepipec_*.deb /var/lib/apt/lists/* && \
	useradd --create-home sagepipec
USER sagepipec
WORKDIR /work
ENTRYPOINT ["sagepipec"]
