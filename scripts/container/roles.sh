#!/bin/sh
# Runs once, when the database container is empty: what ./airmap up prepares in its private cluster.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set password="$AIRMAP_DB_PASSWORD" <<'SQL'
create role airmap_owner login password :'password';
create role airmap_app login password :'password';
create extension if not exists postgis schema public;
alter database airmap owner to airmap_owner;
revoke connect on database airmap from public;
grant connect on database airmap to airmap_app;
SQL
