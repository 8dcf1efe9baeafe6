package io.rstscope.watch.record;

import java.nio.file.Path;

/**
 * What is recorded, and where to.
 *
 * @param folder takes the files, and is made if need be
 * @param name of the interface
 * @param snapLength bytes captured of each packet at most
 * @param payload whether packets are written whole, passwords and messages included
 * @param fileBytes another file begins when one has about so many
 * @param fileNanos or when its packets span so long; {@link Long#MAX_VALUE} for never
 * @param files are kept, 1 or more; the oldest go
 */
public record RecordOptions(
    Path folder,
    String name,
    int snapLength,
    boolean payload,
    long fileBytes,
    long fileNanos,
    int files) {}
