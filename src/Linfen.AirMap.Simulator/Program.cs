using Linfen.AirMap.Simulator;

return await SimulatorCommands.Root().Parse(args).InvokeAsync();
