using Linfen.AirMap.GisData;

if (args is not ["counties", var source, var target])
{
    Console.Error.WriteLine("usage: Linfen.AirMap.GisData counties SOURCE.geojson TARGET.geojson");
    return 2;
}

var counties = EchartsSource.ReadCounties(source);
var faults = Coverage.Faults(counties);
foreach (var fault in faults)
{
    Console.Error.WriteLine(fault);
}

if (faults.Count > 0)
{
    return 1;
}

CountyFile.Write(counties, target);
Survey.Print(counties, Console.Out);
return 0;
