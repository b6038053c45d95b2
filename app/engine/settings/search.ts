export const searchSettings = {
  /** Most parts of a query, 1 to 500 (SQLite nests expressions 1,000 deep). Nobody types so many. */
  maxParts: 100,
  /** Suggestions shown at a time, by kind. A list that fits below the search field. */
  suggestedSaved: 8,
  suggestedPeople: 6,
  suggestedDates: 3,
  suggestedFolders: 3,
  /** People shown as often together with those of a search, and of how many of its newest photos: 10 ms. */
  together: 5,
  togetherPhotos: 2000,
  /** Photos whose folders are looked at for suggestions: 2,000 rows are read in 5 ms. */
  folderSample: 2000,
} as const;
