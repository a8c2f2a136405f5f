# sagepipec, for the programs in /work: docker run --rm -v "$PWD:/work" -u "$(id -u):$(id -g)" sagepipec x.pipe
FROM debian:bookworm-slim AS build
COPY . /source
RUN /source/tools/package

FROM debian:bookworm-slim
# The Debian package knows what the program needs to run.
COPY --from=build /source/build/sagepipec_*.deb /tmp/
RUN apt-get update && \
	apt-get install -y --no-install-recommends ca-certificates /tmp/sagepipec_*.deb && \
	rm -rf /tmp/sagepipec_*.deb /var/lib/apt/lists/* && \
	useradd --create-home sagepipec
USER sagepipec
WORKDIR /work
ENTRYPOINT ["sagepipec"]
