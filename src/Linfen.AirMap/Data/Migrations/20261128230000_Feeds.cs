using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>What is expected of feeds and how it went, and how the calls of video platforms are read.</summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261128230000_Feeds")]
    public class Feeds : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            CREATE TABLE airmap.feed_watches (
                feed text NOT NULL,
                source_kind smallint NOT NULL,
                kind text,
                since timestamptz NOT NULL,
                last_polled_at timestamptz,
                last_good_at timestamptz,
                covered_until timestamptz,
                error_code text,
                error text,
                error_at timestamptz,
                failures integer NOT NULL DEFAULT 0,
                next_poll_at timestamptz,
                stale_since timestamptz,
                last_stored_at timestamptz,
                last_occurred_at timestamptz,
                day date,
                today bigint NOT NULL DEFAULT 0,
                CONSTRAINT pk_feed_watches PRIMARY KEY (feed, source_kind)
            );
            CREATE TABLE airmap.webhooks (
                name text NOT NULL,
                source_kind smallint NOT NULL,
                mapping json NOT NULL,
                version integer NOT NULL,
                changed_at timestamptz NOT NULL,
                changed_by text NOT NULL,
                CONSTRAINT pk_webhooks PRIMARY KEY (name)
            );
            """);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            DROP TABLE airmap.webhooks;
            DROP TABLE airmap.feed_watches;
            """);
    }
}
