package io.rstscope.testing.mutants;

import io.rstscope.testing.Recorded;
import java.util.List;

/**
 * A capture made from another.
 *
 * @param story from which capture, and how, for who has to look into it
 * @param packets all of one link type
 */
public record Mutant(String story, List<Recorded> packets) {}
