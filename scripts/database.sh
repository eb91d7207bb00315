# shellcheck shell=bash
# What is inside the private cluster: settings, who may connect as whom, roles, the database, PostGIS.

# Written at every start, so that a new version of the project brings its settings along.
write_settings() {
    local memory shared
    memory=$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)
    shared=$((memory / 8 < 512 ? memory / 8 : 512))
    as_postgres tee -- "$PG_DATA/airmap.conf" <<CONF || return
# Written by ./airmap at every start.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
# What was acknowledged survives any crash.
fsync = on
synchronous_commit = on
full_page_writes = on
wal_compression = lz4
max_wal_size = 2GB
min_wal_size = 256MB
checkpoint_timeout = 15min
shared_buffers = ${shared}MB
effective_cache_size = $((memory / 2))MB
work_mem = 16MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
max_parallel_workers_per_gather = 1
# Compiling a tile query takes longer than running it.
jit = off
# Detections and events only grow: keep visibility map and statistics fresh without waiting for a fifth of the table.
autovacuum_naptime = 30s
autovacuum_vacuum_insert_scale_factor = 0.05
autovacuum_vacuum_scale_factor = 0.05
autovacuum_analyze_scale_factor = 0.02
# A week of logs in pg/log.
logging_collector = on
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_lock_waits = on
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
CONF
    as_postgres tee -- "$PG_DATA/pg_hba.conf" <<<'local all all peer map=airmap' || return
    printf 'airmap "%s" %s\n' "$(id -un)" postgres "$(id -un)" airmap_owner "$(id -un)" airmap_app "$PG_ACCOUNT" postgres |
        as_postgres tee -- "$PG_DATA/pg_ident.conf"
}

prepare_database() {
    as_superuser postgres <<'SQL' || return
select format('create role %I login', name) from unnest(array['airmap_owner', 'airmap_app']) as wanted(name)
 where not exists (select from pg_roles where rolname = name) \gexec
select 'create database airmap owner airmap_owner'
 where not exists (select from pg_database where datname = 'airmap') \gexec
revoke connect on database airmap from public;
grant connect on database airmap to airmap_app;
SQL
    as_superuser airmap <<<'create extension if not exists postgis schema public;'
}

# The map in pg_ident.conf lets the account that runs this script be the superuser of its own cluster.
as_superuser() {
    PGOPTIONS='-c client_min_messages=warning' "$PG_BIN/psql" --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
        --host "$PG_SOCKET" --username postgres --dbname "$1"
}

# connect_private: what the server's verbs read.
connect_private() {
    export AIRMAP_DB="Host=$PG_SOCKET;Database=airmap;Username=airmap_app"
    export AIRMAP_DB_OWNER="Host=$PG_SOCKET;Database=airmap;Username=airmap_owner"
}
