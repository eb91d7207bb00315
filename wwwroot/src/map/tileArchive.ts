import { addProtocol } from 'maplibre-gl';
import { PMTiles, Protocol } from 'pmtiles';

/** Reads tiles out of one file by ranges. In a chunk of its own: most walls have no such file. */

const protocol = new Protocol();
addProtocol('pmtiles', protocol.tile);

/** The address of a source for the map, and the names of the layers in vector tiles. */
export async function openArchive(file: string): Promise<{ url: string; layers: string[] }> {
  const archive = new PMTiles(new URL(file, location.origin).href);
  protocol.add(archive);
  const metadata = (await archive.getMetadata()) as { vector_layers?: { id: string }[] } | null;
  return { url: `pmtiles://${archive.source.getKey()}`, layers: (metadata?.vector_layers ?? []).map(({ id }) => id) };
}
