# One image for every command: run (default), worker, migrate, import, export, token, contract.
#
#   docker build -t bayro .
#   docker run --init -p 8000:8000 bayro run --demo --host 0.0.0.0

FROM python:3.11-slim-bookworm AS packages

COPY requirements.lock /tmp/requirements.lock
# The lock names every file by its hash; wheels only, so that no package runs code of its own while it is installed.
# The environment gets no pip: nothing is installed into a running container.
RUN python3 -m venv --without-pip /opt/bayro \
    && python3 -m pip --python /opt/bayro/bin/python3 install --no-cache-dir --require-hashes --only-binary :all: \
        -r /tmp/requirements.lock


FROM python:3.11-slim-bookworm

LABEL org.opencontainers.image.title="Bảy Rõ" \
      org.opencontainers.image.description="Programmes of action, tasks and indicators over REST and GraphQL, with the record of every act" \
      org.opencontainers.image.version="0.1.0"

# A name in passwd, because PostgreSQL's own programs ask whom they run as; no shell, because nobody signs in.
RUN useradd --uid 10001 --user-group --create-home --home-dir /var/lib/bayro --shell /usr/sbin/nologin bayro

COPY --from=packages /opt/bayro /opt/bayro
COPY alembic.ini /srv/bayro/
COPY migrations /srv/bayro/migrations
COPY openapi /srv/bayro/openapi
COPY app /srv/bayro/app

ENV PATH=/opt/bayro/bin:$PATH \
    PYTHONPATH=/srv/bayro \
    PYTHONSAFEPATH=1 \
    PYTHONUTF8=1 \
    PYTHONUNBUFFERED=1 \
    BAYRO_DATA_DIR=/var/lib/bayro/data

# Compiled here, because the user below may not write beside the sources.
RUN python3 -m compileall -q /srv/bayro/app /srv/bayro/migrations

WORKDIR /srv/bayro
# By number, so that an orchestrator can see that it is not root.
USER 10001:10001
# Only the embedded server keeps something here; with DATABASE_URL the container holds no state.
VOLUME /var/lib/bayro
EXPOSE 8000

# Ready means: the database answers, its migrations are current, the guards of the record are in place.
# A worker serves nothing: start it with --no-healthcheck.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]

ENTRYPOINT ["python3", "-m", "app"]
CMD ["run", "--host", "0.0.0.0"]
