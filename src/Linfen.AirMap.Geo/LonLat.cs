namespace Linfen.AirMap.Geo;

/// <summary>Longitude and latitude in degrees; CGCS2000 (EPSG:4490) unless a name says otherwise.</summary>
public readonly record struct LonLat(double Lon, double Lat);
