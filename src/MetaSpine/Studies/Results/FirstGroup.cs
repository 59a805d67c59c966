namespace MetaSpine;

/// <summary>Where the first (intervention) group stands, compared with the second (control).</summary>
public enum FirstGroup
{
    /// <summary>It has the lower hazard, risk or mean.</summary>
    Lower,

    /// <summary>It has the higher hazard, risk or mean.</summary>
    Higher,
}
