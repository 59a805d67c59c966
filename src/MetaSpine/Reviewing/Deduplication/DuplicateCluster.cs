namespace MetaSpine;

/// <summary>The records of one report.</summary>
/// <param name="Members">The places of the records in the list that was given, from 0, in order; two or more.</param>
/// <param name="Kept">The place of the fullest record, which is kept.</param>
/// <param name="Merged">That record, with what it lacks filled in from the others, and the databases and labels of all.</param>
/// <param name="Merges">Why: pairs that join the members, one fewer than they are.</param>
public sealed record DuplicateCluster(ValueList<int> Members, int Kept, Reference Merged, ValueList<DuplicatePair> Merges);
