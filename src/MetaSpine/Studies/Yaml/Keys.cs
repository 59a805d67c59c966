namespace MetaSpine;

/// <summary>The keys of a record in the order of the file, as its <see cref="Shape{R}"/> names them one after the other.</summary>
/// <typeparam name="R">The record.</typeparam>
internal sealed class Keys<R> where R : FileRecord
{
    internal List<Field<R>> Fields { get; } = [];

    internal Keys<R> Add(Field<R> field)
    {
        Fields.Add(field);
        return this;
    }

    internal Keys<R> Required<T>(string key, string doc, Codec<T> codec, Func<R, T> get, Func<R, T, R> set) where T : class =>
        Add(new Field<R, T>(key, doc, codec, get, set) { Required = true });

    internal Keys<R> Optional<T>(string key, string doc, Codec<T> codec, Func<R, T?> get, Func<R, T, R> set) where T : class =>
        Add(new Field<R, T>(key, doc, codec, get, set));

    internal Keys<R> Value<T>(string key, string doc, Codec<T> codec, Func<R, T?> get, Func<R, T, R> set) where T : struct =>
        Add(new ValueField<R, T>(key, doc, codec, get, set));

    internal Keys<R> List<T>(string key, string doc, Codec<T> item, Func<R, ValueList<T>> get, Func<R, ValueList<T>, R> set) where T : notnull =>
        Many(key, doc, new ListCodec<T>(item), get, set);

    internal Keys<R> Many<T>(string key, string doc, Codec<ValueList<T>> codec, Func<R, ValueList<T>> get, Func<R, ValueList<T>, R> set)
        where T : notnull =>
        Add(new Field<R, ValueList<T>>(key, doc, codec, r => get(r) is { Count: > 0 } items ? items : null, set));
}
