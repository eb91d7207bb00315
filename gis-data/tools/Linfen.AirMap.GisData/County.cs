using NetTopologySuite.Geometries;

namespace Linfen.AirMap.GisData;

/// <param name="Code">GB/T 2260.</param>
/// <param name="NameEn">Pinyin, with the kind of division in English.</param>
sealed record County(string Code, string Name, string NameEn, MultiPolygon Area);
