/** The uuid made of the random bytes 00 01 02 …, which the corpus pretends. */
export const countingUuid = (): string => '00010203-0405-4607-8809-0a0b0c0d0e0f';
