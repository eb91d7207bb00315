using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>The initials of a name in pinyin (洪洞焦化 → htjh), by which people search; kept beside the names of all subjects.</summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261128235000_Search")]
    public class Search : Migration
    {
        // The first character of each letter in the order of pinyin, which is that of ICU for Chinese. Characters with several readings get the usual one,
        // places of this province their own: 洪洞 is Hongtong, 长治 Changzhi.
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            CREATE FUNCTION airmap.pinyin_initials(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
                SELECT string_agg(
                    CASE
                        WHEN c BETWEEN 'a' AND 'z' OR c BETWEEN '0' AND '9' THEN c
                        WHEN c BETWEEN U&'\4E00' AND U&'\9FFF' THEN
                            substr('abcdefghjklmnopqrstwxyz', width_bucket(c COLLATE "zh-x-icu", '{阿,八,嚓,咑,妸,发,旮,哈,丌,咔,垃,妈,拿,噢,趴,七,然,仨,他,屲,夕,丫,匝}'::text[]), 1)
                    END, '' ORDER BY n)
                FROM string_to_table(replace(replace(lower(name), '洪洞', '洪同'), '长治', '常治'), NULL) WITH ORDINALITY AS s(c, n)
            $$;
            ALTER TABLE airmap.subjects ADD COLUMN initials text GENERATED ALWAYS AS (airmap.pinyin_initials(name)) STORED;
            """);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            ALTER TABLE airmap.subjects DROP COLUMN initials;
            DROP FUNCTION airmap.pinyin_initials(text);
            """);
    }
}
