FROM node:22-bookworm-slim AS client
WORKDIR /wwwroot
COPY wwwroot/package.json wwwroot/package-lock.json wwwroot/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY wwwroot ./
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS server
WORKDIR /airmap
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src ./src
RUN dotnet publish src/Linfen.AirMap -c Release -o /server -p:PublishReadyToRun=true --use-current-runtime --no-self-contained

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# The letters of map pictures.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
WORKDIR /airmap
COPY --from=server /server ./server
COPY --from=client /wwwroot/dist ./wwwroot/dist
COPY gis-data ./gis-data
ENV AIRMAP_HOME=/home/app/airmap AIRMAP_WEB=/airmap/wwwroot/dist AIRMAP_GIS_DATA=/airmap/gis-data
# A volume takes over the owner of the folder it is mounted on.
RUN mkdir -p /home/app/airmap && chown app /home/app/airmap
USER app
CMD ["sh", "-c", "dotnet server/Linfen.AirMap.dll migrate && exec dotnet server/Linfen.AirMap.dll serve"]
